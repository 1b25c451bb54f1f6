import { useHere } from '../ui/use-here.ts'

/** What most people come for: the consultation that the clinic entered first (ids grow with time). */
export function useUsualService(): string | null {
  const consultations = useHere('services').filter((service) => service.isConsultation)
  return consultations.reduce<string | null>((first, { id }) => (first === null || id < first ? id : first), null)
}

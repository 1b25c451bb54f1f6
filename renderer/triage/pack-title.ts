import { t } from '../ui/i18n.ts'

/** What a rule pack is called in the reader's language; one that we do not ship, as it calls itself. */
export const packTitle = ({ id, title }: { id: string; title: string }): string =>
  t(`rulePack.title.${id as 'news2'}`, { defaultValue: title })

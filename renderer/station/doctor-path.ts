/** Where the connection doctor is, on a computer that is not the hub. */
export const DOCTOR_PATH = '/connection'

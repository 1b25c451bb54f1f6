import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ADMINISTRATORS, LOCAL_SERVICE, mayOnlyBeWrittenBy, SYSTEM } from './sddl.ts'

const MACHINE = [SYSTEM, ADMINISTRATORS, LOCAL_SERVICE]
const USER = 'S-1-5-21-1004336348-1177238915-682003330-1001'
const OTHER = 'S-1-5-21-1004336348-1177238915-682003330-1002'
const OWN = [SYSTEM, ADMINISTRATORS, USER]

/** As `build/installer.nsh` leaves the machine's folder, what is public in it, and the file a service writes there. */
const FOLDER = 'O:BAG:SYD:PAI(A;;0x1200a8;;;BU)(A;OICI;FA;;;LS)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
const PUBLIC = 'O:BAG:SYD:AI(A;OICI;0x1200a9;;;BU)(A;OICIID;FA;;;LS)(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)'
const HERE = 'O:LSG:LSD:AI(A;ID;0x1200a9;;;BU)(A;ID;FA;;;LS)(A;ID;FA;;;SY)(A;ID;FA;;;BA)'
/** A folder under a user's own `AppData\Local`. */
const LOCAL = `O:${USER}G:${USER}D:(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;FA;;;${USER})`

test.each([
  ['the installer’s folder', FOLDER],
  ['what is public in it', PUBLIC],
  ['the service’s file', HERE],
  ['Windows’ own System32\\config', 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;CI;0x1200a9;;;SY)'],
  ['an owner’s rights, wherever he is one', 'O:SYG:SYD:PAI(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;;FA;;;OW)'],
  ['nobody at all but the owner', 'O:SYG:SYD:P'],
  ['no group', 'O:SYD:P(A;;FA;;;BA)'],
  ['an audit behind it', `${FOLDER}S:AI(AU;OICISA;DCLCRPCR;;;WD)(ML;;NW;;;LW)`],
  ['the built-in administrator', 'O:LAG:LAD:P(A;;FA;;;LA)'],
  ['in full', 'O:S-1-5-32-544G:S-1-5-18D:P(A;;FA;;;S-1-5-18)(A;;0x1f01ff;;;S-1-5-32-544)(A;;FR;;;S-1-5-32-545)'],
])('protected: %s', (_what, sddl) => {
  expect(mayOnlyBeWrittenBy(sddl, MACHINE)).toBe(true)
  // With the line end that a program prints behind it.
  expect(mayOnlyBeWrittenBy(`${sddl}\r\n`, MACHINE)).toBe(true)
})

test.each([
  [
    'ProgramData, where every user may make files',
    'O:SYG:SYD:PAI(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)',
  ],
  [
    'a folder that a user made in it',
    `O:${USER}G:${USER}D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)`,
  ],
  [
    'one that an administrator made in it by hand: what it inherits counts',
    'O:BAG:SYD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)',
  ],
  [
    'the disk’s root, where who is signed in may make folders',
    'O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:PAI(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)',
  ],
  ['modify for users, as a station’s folder once had', FOLDER.replace('0x1200a8', '0x1301bf')],
  ['a user’s own folder, for the machine', LOCAL],
  ['an owner who is a plain user, whatever the entries are', FOLDER.replace('O:BA', `O:${USER}`)],
  ['owned by users', FOLDER.replace('O:BA', 'O:BU')],
  ['owned by everybody', FOLDER.replace('O:BA', 'O:WD')],
  ['network service, which other services run as', 'O:SYG:SYD:P(A;;FA;;;NS)'],
  ['a group that creates', 'O:SYG:SYD:P(A;OICIIO;GA;;;CG)'],
  ['one user in full', `O:SYG:SYD:P(A;;FA;;;${OTHER})`],
  ['for what is made in it only', 'O:SYG:SYD:P(A;OICI;FA;;;SY)(A;OICIIO;FA;;;BU)'],
  ['no list of entries, which is everything to everybody', 'O:SYG:SY'],
  ['a list that is none', 'O:SYG:SYD:NO_ACCESS_CONTROL'],
  ['a denial that takes it away again', 'O:SYG:SYD:P(D;;FA;;;BU)(A;;FA;;;BU)'],
])('refused: %s', (_what, sddl) => {
  expect(mayOnlyBeWrittenBy(sddl, MACHINE)).toBe(false)
})

const allowing = (rights: string, who: string) => `O:SYG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;${rights};;;${who})`
const STRANGERS = ['BU', 'WD', 'AU', 'IU', 'BG', 'AN', 'AC', 'NS', 'DU', 'PU', 'S-1-1-0', 'S-1-5-11', OTHER]

test.each(STRANGERS)('%s may read, and have no right that changes anything', (who) => {
  for (const rights of [
    '',
    'GR',
    'GX',
    'GRGX',
    'FR',
    'FX',
    'FRFX',
    'RC',
    'CC',
    'SW',
    'WP',
    'LO',
    '0x1200a9',
    '0x120089',
  ])
    expect(mayOnlyBeWrittenBy(allowing(rights, who), MACHINE), rights).toBe(true)
  for (const rights of ['GA', 'GW', 'FA', 'FW', 'WD', 'WO', 'SD', 'DC', 'LC', 'RP', 'DT', 'CR', 'FRSD', 'GRGW'])
    expect(mayOnlyBeWrittenBy(allowing(rights, who), MACHINE), rights).toBe(false)
})

test('each single bit of a mask: those that read, list, run, and wait are harmless, and no other', () => {
  const harmless = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) =>
    mayOnlyBeWrittenBy(allowing(`0x${(2 ** bit).toString(16)}`, 'BU'), MACHINE),
  )
  expect(harmless).toEqual([0, 3, 5, 7, 17, 20, 29, 31])
})

test('a folder of one’s own may be written by oneself, and by nobody else', () => {
  expect(mayOnlyBeWrittenBy(LOCAL, OWN)).toBe(true)
  expect(mayOnlyBeWrittenBy(LOCAL.replaceAll(USER, OTHER), OWN)).toBe(false)
  expect(mayOnlyBeWrittenBy(`${LOCAL}(A;;FA;;;${OTHER})`, OWN)).toBe(false)
  expect(mayOnlyBeWrittenBy(HERE, OWN)).toBe(false)
})

test('a denial takes nothing away from what is protected', () => {
  expect(mayOnlyBeWrittenBy(FOLDER.replace('PAI', 'PAI(D;OICI;FW;;;BU)(D;;FA;;;AN)'), MACHINE)).toBe(true)
})

test.each([
  '',
  'nothing',
  'O:SY',
  'D:P(A;;FA;;;SY)',
  'G:SYD:P(A;;FA;;;SY)',
  'O:SYG:SYD:P(A;;FA;;;SY',
  'O:SYG:SYD:P(A;;FA;;;SY)(',
  'O:SYG:SYD:P(A;;FA;;;SY) (A;;FA;;;BU)',
  'O:SYG:SYD:P(A;;ZZ;;;BU)',
  'O:SYG:SYD:P(A;;GRG;;;BU)',
  'O:SYG:SYD:P(A;;17;;;BU)',
  'O:SYG:SYD:P(A;;0x1200a9f00;;;BU)',
  'O:SYG:SYD:P(A;;GR;;;Users)',
  'O:SYG:SYD:P(XA;;GR;;;BU;(WIN://SYSAPPID Contains "x"))',
  'O:SYG:SYD:P(OA;;CC;bf967aba-0de6-11d0-a285-00aa003049e2;;BU)',
  'O:SYG:SYD:P(??;;GR;;;BU)',
  'O:SYG:SYD:X(A;;FA;;;SY)',
  'O:SYG:SYD:P(A;;FA;;;SY)D:(A;;FA;;;BU)',
  'O:SYG:SYD:P(A;;FA;;;SY)\nO:SYG:SYD:P(A;;FA;;;BU)',
])('what is not understood is not protected: %j', (sddl) => {
  expect(mayOnlyBeWrittenBy(sddl, MACHINE)).toBe(false)
})

test('no right of a stranger hides behind what else is in the list, nor behind a cut or a changed letter', () => {
  const entry = fc.constantFrom(
    '(A;OICI;FA;;;SY)',
    '(A;ID;GA;;;BA)',
    '(D;;FA;;;BU)',
    '(A;;GRGX;;;BU)',
    '(A;OICIIO;GA;;;CO)',
  )
  fc.assert(
    fc.property(fc.array(entry), fc.array(entry), fc.constantFrom(...STRANGERS), (before, after, who) => {
      const list = (middle: string) => `O:BAG:SYD:AI${before.join('')}${middle}${after.join('')}`
      expect(mayOnlyBeWrittenBy(list(''), MACHINE)).toBe(true)
      expect(mayOnlyBeWrittenBy(list(`(A;;0x2;;;${who})`), MACHINE)).toBe(false)
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => !mayOnlyBeWrittenBy(text, MACHINE)))
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { serviceFolder } from '../electron/attach.ts'
import { ADMINISTRATORS, LOCAL_SERVICE, mayOnlyBeWrittenBy, SYSTEM } from '../electron/sddl.ts'
import { defaultFolder } from '../local/settings.ts'

const script = readFileSync('build/installer.nsh', 'utf8')
const lines = script
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith(';'))

/** What icacls means by a letter. */
const MASKS: Record<string, number> = {
  ...{ F: 0x1f_01ff, M: 0x13_01bf, RX: 0x12_00a9, RC: 0x2_0000, RA: 0x80, REA: 0x8, X: 0x20, S: 0x10_0000 },
}

/** The entries of a security descriptor that icacls makes of `/grant:r`. */
function entriesOf(command: string): string {
  const grants = [...command.matchAll(/\*(S-1-[\d-]+):((?:\((?:OI|CI)\))*)(\w+|\([\w,]+\))/g)]
  expect(grants.length).toBeGreaterThan(0)
  return grants
    .map(([, sid, inherited = '', rights = '']) => {
      const mask = rights.match(/\w+/g)?.reduce((sum, name) => sum | (MASKS[name] ?? 0x8000_0000), 0) ?? 0
      return `(A;${inherited.replace(/[()]/g, '')};0x${(mask >>> 0).toString(16)};;;${sid})`
    })
    .join('')
}

const rightsOf = (folder: string) =>
  lines.filter((line) => line.startsWith(`!insertmacro AnteroomRights '"\${FOLDER}${folder}" `))

test('a window believes the folder that the installer leaves, and what is public in it', () => {
  const [own = '', ...others] = rightsOf('').filter((line) => line.includes('/grant'))
  const [open = '', ...more] = rightsOf('\\public').filter((line) => line.includes('/grant'))
  expect([others, more]).toEqual([[], []])
  expect(own).toContain('/inheritance:r')
  const machine = [SYSTEM, ADMINISTRATORS, LOCAL_SERVICE]
  const folder = `O:${ADMINISTRATORS}G:SYD:PAI${entriesOf(own)}`
  expect(mayOnlyBeWrittenBy(folder, machine)).toBe(true)
  expect(mayOnlyBeWrittenBy(`${folder}${entriesOf(open)}`, machine)).toBe(true)
  // The service's own file: what it inherits there.
  expect(mayOnlyBeWrittenBy(`O:LSG:LSD:AI${entriesOf(own)}${entriesOf(open)}`, machine)).toBe(true)
  for (const sid of machine) expect(own).toContain(`*${sid}:(OI)(CI)F`)
})

test('users see whose the folder is, and read nothing in it but what is public', () => {
  const users = [...script.matchAll(/\*S-1-5-32-545:(\S+)/g)].map(([, rights]) => rights?.replace(/'$/, ''))
  // Without (OI) and (CI) it is of the folder alone.
  expect(users).toEqual(['(RC,RA,REA,X,S)', '(OI)(CI)RX'])
  expect(entriesOf('*S-1-5-32-545:(RC,RA,REA,X,S)')).toBe('(A;;0x1200a8;;;S-1-5-32-545)')
})

test('rights are given in one place, in this order: shut, owned, then what is inside, then what is public', () => {
  expect(script.match(/icacls/g)).toHaveLength(1)
  expect(
    lines.flatMap((line) => /^!insertmacro AnteroomRights '"\$\{FOLDER\}(\S*)" (\S+)/.exec(line)?.slice(1) ?? []),
  ).toEqual([...['', '/inheritance:r', '', '/setowner', '\\*', '/setowner', '\\*', '/reset', '\\public', '/grant:r']])
})

test('a folder that no installer has made is put aside; ours is protected before it is in its place', () => {
  const at = (what: string) => {
    const place = lines.findIndex((line) => line.startsWith(what))
    expect(place, what).toBeGreaterThan(0)
    return place
  }
  const order = ['ReadRegStr $4 HKLM', 'Rename "$0" "$0 found', '!insertmacro AnteroomProtect "$INSTDIR\\data"']
  const steps = [...order, 'Rename "$INSTDIR\\data" "$0"', 'WriteRegStr HKLM'].map(at)
  expect(steps).toEqual(steps.toSorted((one, other) => one - other))
  expect(lines.slice(0, at('ReadRegStr')).filter((line) => /CreateDirectory|Rename/.test(line))).toEqual([])
})

test('what cannot be protected is not installed', () => {
  expect(script).toMatch(/AnteroomRun icacls\.exe '\$\{ARGUMENTS\}'\s+\$\{If\} \$3 != 0\s+!insertmacro AnteroomFail/)
  expect(script).toMatch(/!macro AnteroomFail TEXT\s+MessageBox [^\n]+ \/SD IDOK\s+SetErrorLevel 2\s+Abort/)
})

test('Windows’ own programs are run by their place', () => {
  expect(lines.filter((line) => line.includes('nsExec'))).toEqual([
    `nsExec::Exec '"$SYSDIR\\\${PROGRAM}" \${ARGUMENTS}'`,
  ])
})

test('an update leaves a hub a hub: the task is looked for before anybody is asked', () => {
  const query = lines.findIndex((line) => line.includes('/Query /TN "Anteroom"'))
  expect(lines[query + 1]).toBe('StrCmp $3 0 anteroomHub')
  expect(query).toBeLessThan(lines.findIndex((line) => line.includes('Is this the clinic')))
})

test('the service’s folder is the machine’s, and a station’s is its user’s own, not a roaming one', () => {
  const env = { PROGRAMDATA: 'C:\\ProgramData', LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' }
  expect(serviceFolder('win32', env)).toBe('C:\\ProgramData\\Anteroom')
  expect(defaultFolder('win32', env, 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Local\\Anteroom')
  expect(defaultFolder('win32', {}, 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Local\\Anteroom')
  expect(defaultFolder('darwin', env, '/Users/ada')).toBe('/Users/ada/Library/Application Support/Anteroom')
  expect(defaultFolder('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/anteroom')
  expect(defaultFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/anteroom')
  // As the installer makes it, and the task is told.
  expect(script).toContain('SetShellVarContext all\n  StrCpy $0 "$APPDATA\\Anteroom"')
  expect(readFileSync('build/service/anteroom-task.xml', 'utf8')).toContain('--data=%ProgramData%\\Anteroom')
})

test('a service that is no more is not waited for: after it was taken off, or where this is a station now', () => {
  const at = (what: string) => lines.findIndex((line) => line.startsWith(what))
  const forgotten = lines.flatMap((line, place) => (/^Delete ".*\\public\\here\.json"$/.test(line) ? [place] : []))
  const [station = -1, gone = -1, ...more] = forgotten
  expect(more).toEqual([])
  expect(at('MessageBox MB_YESNO')).toBeGreaterThan(0)
  expect([at('MessageBox MB_YESNO') < station, station < at('anteroomHub:')]).toEqual([true, true])
  // An update leaves it where it is.
  expect(lines.slice(at(`\${ifNot} \${isUpdated}`), gone)).not.toContain(`\${endIf}`)
  expect(at(`\${ifNot} \${isUpdated}`)).toBeGreaterThan(0)
})

test('a task that cannot be made is said, and what it says is within its schema', () => {
  const made = lines.findIndex((line) => line.includes('/Create /F /TN "Anteroom"'))
  expect(lines[made + 1]).toBe(`\${If} $3 != 0`)
  expect(lines[made + 2]).toContain('AnteroomFail')
  const count = /<Count>(\d+)<\/Count>/.exec(readFileSync('build/service/anteroom-task.xml', 'utf8'))?.[1]
  expect(Number(count)).toBeLessThanOrEqual(255)
})

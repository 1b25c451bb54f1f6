import { beforeEach, expect, test, vi } from 'vitest'

// A page's window, as far as printing knows it: how often its dialog opened, and the word that it has closed.
const page = Object.assign(new EventTarget(), { print: vi.fn() })
vi.stubGlobal('window', page)
const { printNow, printOnce } = await import('./print-now.ts')

const close = () => page.dispatchEvent(new Event('afterprint'))
beforeEach(() => {
  close()
  page.print.mockClear()
})

test('a double click opens one dialog, also when the paper takes a while to make', async () => {
  const made = Promise.withResolvers<void>()
  const slowly = async () => {
    await made.promise
    printNow('page')
  }
  const presses = [printOnce(slowly), printOnce(slowly)]
  made.resolve()
  await Promise.all(presses)
  await printOnce(() => printNow('page'))
  expect(page.print).toHaveBeenCalledTimes(1)
  close()
  await printOnce(() => printNow('page'))
  expect(page.print).toHaveBeenCalledTimes(2)
})

test('a browser that waits in its dialog, and says meanwhile that it has closed, is ready for the next press', async () => {
  page.print.mockImplementationOnce(close)
  await printOnce(() => printNow('page'))
  await printOnce(() => printNow('page'))
  expect(page.print).toHaveBeenCalledTimes(2)
})

test('what was not printed after all keeps nobody from printing', async () => {
  await expect(printOnce(() => Promise.reject(new Error('no code')))).rejects.toThrow('no code')
  await printOnce(() => undefined)
  await printOnce(() => printNow('page'))
  expect(page.print).toHaveBeenCalledTimes(1)
})

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Locator, type Page } from 'playwright-core'

const root = join(import.meta.dirname, '../..')
const token = 'e2e-token-that-only-this-run-knows'

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** The product as a user starts it: the launcher, a data directory of its own, a free port. */
export interface Product {
  readonly url: string
  readonly signInUrl: string
  /** Calls the API with the bearer token. */
  api(path: string, init?: { method?: string; body?: unknown }): Promise<Answer>
  upload(path: string, type: string, bytes: Uint8Array): Promise<Answer>
  stop(): Promise<void>
}

const printedAddress = /http:\/\/127\.0\.0\.1:\d+\/\S*signin=\S+/

function addressFrom(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const found = printedAddress.exec(output)
      if (found) resolve(found[0])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}:\n${output}`)))
  })
}

export async function startProduct(args: readonly string[] = []): Promise<Product> {
  const data = mkdtempSync(join(tmpdir(), 'metis-e2e-'))
  const child = spawn(
    process.execPath,
    [join(root, 'engine/cli/metis.js'), 'start', '--no-open', ...args],
    { cwd: root, env: { ...process.env, PORT: '0', METIS_DATA: data, METIS_TOKEN: token } },
  )
  const signInUrl = await addressFrom(child)
  const url = new URL(signInUrl).origin
  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${token}`)
    const response = await fetch(`${url}/api/v1${path}`, { ...init, headers })
    const text = await response.text()
    return { status: response.status, body: text ? (JSON.parse(text) as unknown) : null }
  }
  return {
    url,
    signInUrl,
    api: (path, { method = 'GET', body } = {}) =>
      call(path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    upload: (path, type, bytes) =>
      call(path, { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(bytes) }),
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export interface Screen {
  readonly page: Page
  readonly browser: Browser
  /** What the page wrote to its console as an error, and what it threw. */
  readonly errors: string[]
}

/** The system's Chromium with one page of the given size. */
export async function openScreen(
  size = { width: 1440, height: 900 },
  scheme: 'light' | 'dark' = 'light',
): Promise<Screen> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const context = await browser.newContext({ viewport: size, colorScheme: scheme })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  return { page, browser, errors }
}

/** Signs the page's browser in with the token, without a page: one that is not signed in writes errors. */
export async function signIn({ page }: Screen, { url }: Product): Promise<void> {
  const answer = await page.context().request.post(`${url}/api/v1/session`, {
    headers: { origin: url },
    data: { token },
  })
  if (!answer.ok()) throw new Error(`signing in was answered ${answer.status()}`)
}

async function middleOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox()
  if (!box) throw new Error('nothing to point at')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Draws an edge with the mouse, from a port to a node's entry. */
export async function drawEdge(page: Page, from: Locator, to: Locator): Promise<void> {
  // The canvas may still slide: a panel has opened, or what was added is brought into sight.
  await to.hover()
  await from.hover()
  const start = await middleOf(from)
  const end = await middleOf(to)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 })
  await page.mouse.move(end.x, end.y, { steps: 5 })
  await page.mouse.up()
}

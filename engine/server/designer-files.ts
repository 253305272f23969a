import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router } from 'express'

const missing =
  'The designer is not built. Run "npm run build", then reload this page. The API is at /api/v1.\n'

/** The built page, or null where there is none. */
export function readIndex(folder: string): string | null {
  const file = join(folder, 'index.html')
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** The built designer: its files by name, and the page itself for every other address of a browser. */
export function designerFiles(folder: string, index: string | null): Router {
  const router = Router()
  const assets = express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y' })
  router.use('/assets', assets)
  router.use(express.static(folder, { index: false }))
  router.get('/{*page}', (request, response, next) => {
    if (request.path.startsWith('/assets/') || !request.accepts('html')) next()
    else if (index === null) response.status(503).type('text').send(missing)
    else response.set('cache-control', 'no-cache').type('html').send(index)
  })
  return router
}

import { expect, it } from 'vitest'
import { createOpenApi } from '#core/api/openapi.ts'
import type { Route } from '#core/api/route.ts'
import { routes } from '#core/api/routes.ts'

const document = createOpenApi(routes, { title: 'metis', version: '1.0.0' })
const paths = document['paths'] as Record<string, Record<string, Record<string, unknown>>>
const operations = Object.values(paths).flatMap((verbs) => Object.values(verbs))

it('[R75] describes every route of the table once, under its name', () => {
  const names = operations.map((operation) => operation['operationId'])
  expect(new Set(names)).toEqual(new Set(Object.keys(routes)))
  expect(names).toHaveLength(Object.keys(routes).length)
})

it('gives no two routes the same method and path', () => {
  const places = Object.values(routes).map((route: Route) => `${route.method} ${route.path}`)
  expect(new Set(places).size).toBe(places.length)
})

it('[R75] declares a parameter for every name in a path', () => {
  for (const [path, verbs] of Object.entries(paths))
    for (const operation of Object.values(verbs)) {
      const declared = (operation['parameters'] as { in: string; name: string }[])
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name)
      expect(declared, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    }
})

it('[R75] resolves every reference', () => {
  const schemas = (document['components'] as { schemas: Record<string, unknown> }).schemas
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)]
  expect(references.length).toBeGreaterThan(50)
  for (const [, reference = ''] of references)
    expect(Object.keys(schemas)).toContain(reference.replace('#/components/schemas/', ''))
})

it('tells required parameters from optional ones', () => {
  const parameters = paths['/flows/{id}']?.['get']?.['parameters']
  expect(parameters).toMatchObject([
    { name: 'id', in: 'path', required: true },
    { name: 'version', in: 'query', required: false },
  ])
})

import { expect } from 'vitest'
import { z } from 'zod'
import type { Route } from '#core/api/route.ts'
import { routes, type RouteName } from '#core/api/routes.ts'
import { problem } from '#core/api/views.ts'

/** The JSON of an answer, once it fits what the route's entry in the table promises for its status. */
export async function checkAnswer(name: RouteName, response: Response, status: number) {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  const route: Route = routes[name]
  const promised = status >= 400 ? problem : route.responses[status]
  if (!(promised instanceof z.ZodType)) return null
  const body: unknown = JSON.parse(text)
  const parsed = promised.safeParse(body)
  expect(parsed.success ? [] : parsed.error.issues, text).toEqual([])
  // Tests read fields of what was just checked.
  return body as Record<string, never>
}

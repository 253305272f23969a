import { expect } from 'vitest'
import { z } from 'zod'
import type { Route } from '#core/api/route.ts'
import { routes, type RouteName, type Routes } from '#core/api/routes.ts'
import { problem, type Problem } from '#core/api/views.ts'

/** What a route's entry in the table promises for a status. */
export type Answer<N extends RouteName, S extends number> = S extends keyof Routes[N]['responses']
  ? Routes[N]['responses'][S] extends z.ZodType<infer T>
    ? T
    : null
  : Problem

/** The JSON of an answer, once it fits what the table promises. */
export async function checkAnswer<N extends RouteName, S extends number>(
  name: N,
  response: Response,
  status: S,
): Promise<Answer<N, S>> {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  const route: Route = routes[name]
  const promised = status >= 400 ? problem : route.responses[status]
  const body: unknown = promised instanceof z.ZodType ? JSON.parse(text) : null
  const parsed = promised instanceof z.ZodType ? promised.safeParse(body) : { success: true }
  expect(parsed.success ? [] : parsed, text).toEqual([])
  // Just checked.
  return body as Answer<N, S>
}

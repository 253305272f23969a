import { useEffect } from 'react'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { subscribeLive } from '../api/live.ts'
import { sandboxApi } from '../api/sandbox.ts'

/** A message is with the gateway a moment before its step is completed; slow gateways are caught by this, in ms. */
const lookAgainEvery = 10_000

export const sandboxQueries = {
  messages: () =>
    queryOptions({
      queryKey: ['sandbox', 'messages'],
      queryFn: () => sandboxApi.messages(),
      refetchInterval: lookAgainEvery,
    }),
  bureau: () => queryOptions({ queryKey: ['sandbox', 'bureau'], queryFn: sandboxApi.bureau }),
}

/** Looks for new messages whenever a step of any run completes. */
export function useArrivals(): void {
  const client = useQueryClient()
  useEffect(
    () =>
      subscribeLive({}, 'now', (events) => {
        if (events.some((event) => event.type === 'step.completed'))
          void client.invalidateQueries(sandboxQueries.messages())
      }),
    [client],
  )
}

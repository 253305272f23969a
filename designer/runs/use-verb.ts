import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'

export type Verb<T> = UseMutationResult<unknown, Error, T>

/** A command on a run: when it is through, the run and the lists are fetched anew and `said` is shown. */
export function useVerb<T>(
  run: string,
  said: string,
  act: (given: T) => Promise<unknown>,
): Verb<T> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      notifications.show({ message: said, color: 'green' })
      await Promise.all([
        client.invalidateQueries({ queryKey: ['runs', run] }),
        client.invalidateQueries({ queryKey: ['tasks'] }),
      ])
    },
  })
}

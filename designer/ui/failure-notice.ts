import { notifications } from '@mantine/notifications'

/** Says what went wrong, under a title where it does not tell by itself what was tried. */
export const tellFailure = (error: unknown, title?: string): void =>
  void notifications.show({
    ...(title === undefined ? {} : { title }),
    message: error instanceof Error ? error.message : String(error),
    color: 'red',
  })

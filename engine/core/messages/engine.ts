/** Driver, storage, server, command line. */
export const engineMessages = {
  NOT_FOUND: 'There is no {what} "{id}".',
  INTERNAL: 'Something went wrong inside the engine. The log has the details under {reference}.',
} as const

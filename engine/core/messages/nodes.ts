/** Nodes, services, models. */
export const nodeMessages = {
  MODEL_UNKNOWN: 'There is no model "{model}". Choose one of the registry.',
} as const

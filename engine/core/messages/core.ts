/** Documents, logic, decisions, compiling. */
export const coreMessages = {
  DOCUMENT_INVALID: 'The document does not fit its schema: {detail}',
  NODE_TYPE_UNKNOWN:
    'Node "{node}" has the type "{type}", which is not installed. Install it or replace the node.',
  DECISION_UNKNOWN: 'There is no decision "{decision}". Create it, or choose another one.',
} as const

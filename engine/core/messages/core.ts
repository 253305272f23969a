/** Documents, logic, decisions, compiling. */
export const coreMessages = {
  DOCUMENT_INVALID: 'The document does not fit its schema: {detail}',
  NODE_TYPE_UNKNOWN:
    'Node "{node}" has the type "{type}", which is not installed. Install it or replace the node.',
  DECISION_UNKNOWN: 'There is no decision "{decision}". Create it, or choose another one.',
  NODE_CONFIG_INVALID:
    'The configuration of node type "{type}" does not fit at "{path}": {detail}. Correct it in the inspector.',
  NODE_INPUT_INVALID:
    'Input "{input}" of node type "{type}" does not fit: {detail}. Correct the expression or the data it reads.',
  NODE_OUTPUT_INVALID:
    'Node type "{type}" left by "{port}" with a value that does not fit: {detail}. The node type must be corrected.',
  NODE_PORT_UNKNOWN:
    'Node type "{type}" left by "{port}", which it does not declare. The node type must be corrected.',
  NODE_NOT_PURE: 'Node type "{type}" is not pure and cannot run inside a step.',
  NODE_NOT_EFFECT: 'Node type "{type}" is not an effect and cannot be performed.',
  NODE_TYPE_TWICE:
    'Node type "{type}" version {version} is registered twice. Remove one, or raise its version.',
} as const

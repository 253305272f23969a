/** Starts, asks a person whether the amount is good, ends with the answer. */
export const taskFlow = {
  kind: 'flow',
  format: 1,
  id: 'ask',
  name: 'Ask',
  description: 'Asks a person.',
  input: {
    type: 'object',
    properties: { amount: { type: 'number' } },
    required: ['amount'],
  },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start' },
    {
      id: 'review',
      type: 'human.task',
      name: 'Review',
      config: {
        title: 'Review the amount',
        role: 'credit',
        form: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] },
        outcomes: [
          { id: 'approve', name: 'Approve' },
          { id: 'decline', name: 'Decline' },
        ],
      },
      inputs: { data: { var: 'input' } },
    },
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: 'review' } } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'review' },
    { id: 'e2', source: 'review', sourcePort: 'approve', target: 'end' },
    { id: 'e3', source: 'review', sourcePort: 'decline', target: 'end' },
  ],
}

/** Ends at once with the doubled amount. */
export const pureFlow = {
  ...taskFlow,
  id: 'echo',
  name: 'Echo',
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start' },
    {
      id: 'shape',
      type: 'data.map',
      name: 'Shape',
      inputs: { amount: { var: 'input.amount' }, file: { var: 'input.file' } },
    },
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: 'shape' } } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'shape' },
    { id: 'e2', source: 'shape', sourcePort: 'out', target: 'end' },
  ],
}

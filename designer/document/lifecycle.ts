import { assign, fromPromise, setup } from 'xstate'

export interface LifecycleContext {
  /** The draft count last seen on the server. */
  readonly draft: number
  readonly problem: string | null
  /** Whether the document was edited while it was being saved. */
  readonly editedMeanwhile: boolean
}

export interface SaveOutcome {
  readonly draft: number
}

export type LifecycleEvent =
  | { readonly type: 'edited' }
  /** Undone back to what stands on the server. */
  | { readonly type: 'clean' }
  | { readonly type: 'save' }
  | { readonly type: 'overwrite'; readonly draft: number }
  /** The server's document was taken instead. */
  | { readonly type: 'reloaded'; readonly draft: number }

export interface LifecycleInput {
  readonly draft: number
}

/** ms without an edit after which a draft is saved by itself */
export const autosaveAfter = 1500

const isConflict = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'DRAFT_CONFLICT'

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/**
 * Where an open document stands to the server: saved, dirty, saving, in conflict or failed.
 * `save` is provided by who opens it; it resolves with the new draft count.
 */
export const lifecycle = setup({
  types: {
    context: {} as LifecycleContext,
    events: {} as LifecycleEvent,
    input: {} as LifecycleInput,
  },
  actors: {
    save: fromPromise<SaveOutcome, { draft: number }>(() =>
      Promise.reject(new Error('nobody saves')),
    ),
  },
  delays: { autosave: autosaveAfter },
}).createMachine({
  id: 'lifecycle',
  context: ({ input }) => ({ draft: input.draft, problem: null, editedMeanwhile: false }),
  initial: 'saved',
  on: {
    reloaded: {
      target: '.saved',
      actions: assign({ draft: ({ event }) => event.draft, problem: null }),
    },
  },
  states: {
    saved: { on: { edited: 'dirty', save: 'saving' } },
    dirty: {
      on: { edited: { target: 'dirty', reenter: true }, clean: 'saved', save: 'saving' },
      after: { autosave: 'saving' },
    },
    saving: {
      entry: assign({ editedMeanwhile: false }),
      on: { edited: { actions: assign({ editedMeanwhile: true }) } },
      invoke: {
        src: 'save',
        input: ({ context }) => ({ draft: context.draft }),
        onDone: [
          {
            guard: ({ context }) => context.editedMeanwhile,
            target: 'dirty',
            actions: assign({ draft: ({ event }) => event.output.draft, problem: null }),
          },
          {
            target: 'saved',
            actions: assign({ draft: ({ event }) => event.output.draft, problem: null }),
          },
        ],
        onError: [
          {
            guard: ({ event }) => isConflict(event.error),
            target: 'conflict',
            actions: assign({ problem: ({ event }) => messageOf(event.error) }),
          },
          { target: 'failed', actions: assign({ problem: ({ event }) => messageOf(event.error) }) },
        ],
      },
    },
    /** Somebody else saved meanwhile: nothing is saved until a person has chosen. */
    conflict: {
      on: {
        overwrite: {
          target: 'saving',
          actions: assign({ draft: ({ event }) => event.draft }),
        },
      },
    },
    failed: { on: { edited: 'dirty', save: 'saving' } },
  },
})

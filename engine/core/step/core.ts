import { compiled } from '#core/compile/program.ts'
import { hide, readState, reveal, saveState } from '#core/step/state.ts'
import { createStepper, type Stepper } from '#core/step/stepper.ts'
import type { Core, Program } from '#core/step/types.ts'

/** The pure core. A program's machine is made when it is first stepped and kept while the program lives. */
export function createCore(): Core {
  const steppers = new WeakMap<Program, Stepper>()
  const stepperOf = (program: Program): Stepper => {
    const known = steppers.get(program)
    if (known) return known
    const stepper = createStepper(compiled(program))
    steppers.set(program, stepper)
    return stepper
  }
  const programs = new WeakMap<object, Program>()
  return {
    step(program, state, input) {
      const step = stepperOf(program).step(state && reveal(state), input)
      programs.set(step.state, program)
      return step
    },
    migrate(from, state, to, options) {
      const migration = stepperOf(to).migrate(compiled(from), reveal(state), options)
      if (migration.ok) programs.set(migration.step.state, to)
      return migration
    },
    serialize(state) {
      const program = programs.get(state)
      if (!program) throw new Error('the state was not made by this core')
      return saveState(compiled(program), reveal(state))
    },
    deserialize(program, saved) {
      const state = hide(readState(stepperOf(program).machine, compiled(program), saved))
      programs.set(state, program)
      return state
    },
  }
}

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
  return {
    step: (program, state, input) => stepperOf(program).step(state && reveal(state), input),
    migrate: (from, state, to, options) =>
      stepperOf(to).migrate(compiled(from), reveal(state), options),
    serialize: (state) => saveState(reveal(state)),
    deserialize: (program, saved) =>
      hide(readState(stepperOf(program).machine, compiled(program), saved)),
  }
}

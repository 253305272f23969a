/** Why a question stays open, as a sentence says it. */
const words: Readonly<Record<string, string>> = {
  computed: 'what is compared is worked out from other values, so that no case can be made up',
  shared: 'what is compared in one place decides what is compared in another',
  unclear: 'a test asks something else than order and equality, as how a text begins',
  large: 'there are too many combinations to try',
  'worked out': 'an output is worked out anew for each case',
}

export const undecidedWords = (because: string): string => words[because] ?? because

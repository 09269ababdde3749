import type { EditProblem } from '@throughline/core'
import { counted } from '../../strings.ts'
import type { Said } from './toast.tsx'

/** What editing says. */
export const words = {
  save: 'Save',
  saving: 'Saving',
  cancel: 'Cancel',
  notSaved: ({ title, detail, status }: EditProblem) =>
    status === 0
      ? 'Not saved: the server does not answer. What you typed is still here.'
      : status === 400
        ? 'Not saved. Look at what is marked.'
        : `Not saved. ${sentence(title)}${detail === undefined ? '' : ` ${sentence(detail)}`}`,

  toast: {
    label: 'Saved',
    undo: 'Undo',
    redo: 'Redo',
    close: 'Close this message',
    says: (said: Said) => {
      switch (said.kind) {
        case 'saved':
          return said.files.length === 0
            ? 'Nothing was different'
            : `Saved to ${listed(said.files)}`
        case 'undone':
          return `Undone: ${said.title}`
        case 'redone':
          return `Done again: ${said.title}`
        case 'refused':
          return said.problem.status === 0
            ? 'Not saved: the server does not answer.'
            : `${sentence(said.problem.title)}${said.problem.detail === undefined ? '' : ` ${sentence(said.problem.detail)}`}`
      }
    },
  },

  conflict: {
    onDisk: 'On disk now',
    yours: 'Your change',
    undo: 'Undoing would do this',
    unknown: 'The version you started from is no longer known. Look at the page behind this.',
    nothing: 'Nothing is different here.',
    keep: 'Back to what I typed',
    theirs: 'Take theirs',
    again: 'Apply again on theirs',
    leave: 'Leave it as it is',
  },

  state: {
    form: (label: string) => `What people see: ${label}`,
    decide: 'Decide',
    edit: 'Edit this state',
    elsewhere: 'Decide for this step',
    remove: 'Remove it',
    same: 'It shows',
    own: 'Something of its own',
    sameAs: (label: string) => `The same as “${label}”`,
    show: 'What people see',
    showHint: 'In the words of the screen: “This is sold out”, with a way to the shelves.',
    recover: 'How they get on',
    recoverHint: 'A few words: retry, choose something else.',
    test: 'Test selector',
    testHint: 'How a test finds it on the page: role=alert. It may stay empty.',
    on: 'It holds for',
    wholeStep: 'The whole step',
    onlyCall: (call: string) => `${call} only`,
  },

  step: {
    edit: 'Edit the step',
    form: (title: string) => `Edit ${title}`,
    title: 'Title',
    screen: 'Screen',
    screenHint: 'The route of the page, such as /orders/:id.',
    budget: 'Budget',
    budgetHint: 'How long three people of four wait at most: 800ms, 1.2s.',
    design: 'Design link',
    designHint: 'The address of the frame in Figma, or of a story.',
    feeling: 'How people feel',
    score: 'From −5 to 5',
    quote: 'What they say',
    from: 'Where that is from',
    fromHint: 'Such as: 14 interviews.',
    add: 'Add a step after this',
    addFirst: 'Add the first step',
    addForm: 'A new step',
    addSubmit: 'Add the step',
    left: 'Move left',
    right: 'Move right',
    duplicate: 'Duplicate',
    copyOf: (title: string) => `${title} (copy)`,
    remove: 'Delete',
    tools: 'Change this step',
    removeTitle: (title: string) => `Delete “${title}”?`,
    removeText: (needs: number, states: number) =>
      needs + states === 0
        ? 'Nothing else goes with it. Undo brings it back.'
        : `${counted(needs, 'need')} and ${counted(states, 'decided state')} go with it. Undo brings it back.`,
    removeYes: 'Delete the step',
    removeNo: 'Keep it',
    needsTitle: 'Say what it is called.',
  },

  need: {
    add: 'Add a need',
    addForm: 'A new need',
    addSubmit: 'Add the need',
    call: 'Answered by',
    callOfStep: 'Called by this step',
    callElsewhere: 'Other operations (the call is added)',
    choose: 'Choose an operation',
    noCall: 'This step calls nothing yet: choose the operation that answers.',
    find: 'Field',
    findHint: 'Search the fields of the contract, or type the one you wish for.',
    fields: 'Fields of the contract',
    loading: 'The contract is opened…',
    failed: (detail: string) => `The fields could not be loaded: ${detail}`,
    none: 'No field of the contract is called so.',
    more: (count: number) => `${count} more: search for them.`,
    maybe: 'may be absent',
    already: 'needed already',
    wish: (path: string) => `Wish for ${path}`,
    wishHint: 'not in the contract yet',
    label: 'What people call it',
    why: 'Why it is needed',
    absent: 'When it is missing',
    absentHint: 'What the screen shows then.',
    edit: 'Edit this need',
    form: (label: string) => `Edit the need ${label}`,
    remove: 'Remove it',
    close: 'The contract has something close',
    use: (path: string) => `Use ${path} instead`,
    chooseField: 'Choose a field, or type the one you wish for.',
  },

  journey: {
    edit: 'Edit',
    form: (title: string) => `Edit ${title}`,
    title: 'Title',
    goal: 'What people want',
    pains: 'What hurts them today',
    painsHint: 'One on each line.',
    persona: 'Who it is about',
    nobody: 'Nobody named',
    newPersona: 'Somebody new…',
    personaTitle: 'What they are called',
    personaContext: 'What to know about them',
    personaContextHint: 'On the sofa in the evening, with a phone.',
    create: 'New journey',
    createForm: 'A new journey',
    createSubmit: 'Create the journey',
    firstStep: 'First step',
    firstStepHint: 'It can be written later.',
  },
} as const

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

function listed(files: readonly string[]): string {
  return files.length < 2 ? files.join('') : `${files.slice(0, -1).join(', ')} and ${files.at(-1)}`
}

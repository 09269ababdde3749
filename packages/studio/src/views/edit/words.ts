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
    wholeApp: 'The whole app: every step that says nothing of its own',
    add: 'Plan for something else',
    addForm: 'Another way it can go',
    addHint: 'Such as partial, invalid, a status (423), a class (4xx) or problem: and its type.',
    condition: 'When',
  },

  appStates: {
    title: 'App-wide states',
    lead: 'What every step shows when something goes wrong and the step says nothing of its own. Decide it once, and each step can still do better.',
    none: 'Nobody has decided this yet',
    shows: (count: number) => `${counted(count, 'step')} ${count === 1 ? 'shows' : 'show'} it`,
    lacks: (count: number) =>
      count === 0
        ? 'No step waits for it'
        : `${counted(count, 'step')} ${count === 1 ? 'has' : 'have'} nothing to show`,
    more: (count: number) => `and ${count} more`,
    edit: (label: string) => `Edit “${label}”`,
    decide: (label: string) => `Decide “${label}”`,
    remove: 'Remove it',
    noWorkspace:
      'Only contracts are open. `throughline init` writes a workspace that holds app-wide states.',
  },

  personas: {
    title: 'People',
    lead: 'Who the journeys are about: what they want, where they are, and what they hold in their hand.',
    none: 'No journey is about anybody yet. A name and one sentence are enough to begin.',
    create: 'New person',
    createForm: 'Somebody new',
    createSubmit: 'Add this person',
    edit: 'Edit',
    form: (name: string) => `Edit ${name}`,
    name: 'What they are called',
    goal: 'What they want',
    context: 'What to know about them',
    contextHint: 'Where and when: on the sofa in the evening, with a slow connection.',
    devices: 'Devices',
    devicesHint: 'With commas between them: phone, laptop.',
    dataset: 'Data on the mock',
    datasetHint: 'What the mock serves when somebody walks as this person.',
    noDataset: 'As everybody',
    walks: 'Walks',
    nowhere: 'Walks no journey yet',
    inside: (journey: string) => `Described inside the journey ${journey}`,
    extract: 'Give them a file of their own',
    extractHint: 'Other journeys can be about them then.',
    remove: 'Delete',
    removeTitle: (name: string) => `Delete ${name}?`,
    removeText: (journeys: number) =>
      journeys === 0
        ? 'No journey is about them. Undo brings them back.'
        : `${counted(journeys, 'journey')} will be about nobody. Undo brings them back.`,
    removeYes: 'Delete this person',
    keep: 'Keep them',
  },

  rename: {
    open: 'Change the id',
    form: (id: string) => `Another id for ${id}`,
    label: 'Id',
    hint: 'Letters, digits, - and _. Steps that lead here, scenarios and waivers follow.',
    submit: 'Change the id',
  },

  order: {
    up: 'Move up',
    down: 'Move down',
    hint: 'Drag to order, or press Alt with an arrow key.',
    moved: (what: string, at: number, of: number) => `${what} is ${at} of ${of}`,
  },

  call: {
    outline: 'Calls and what each gives',
    outlineNone: 'This step calls nothing yet.',
    add: 'Add a call',
    addForm: 'A new call',
    addSubmit: 'Add the call',
    operation: 'Operation',
    required: 'required',
    after: 'Starts when these have answered',
    afterNone: 'Without a tick it starts at once.',
    afterAlone: 'There is no other call to wait for.',
    sends: 'What the screen fills in',
    sendsHint: 'Fields and parameters that the contract takes.',
    sendsMore: 'Something the contract does not take yet',
    sendsMoreHint: 'One on each line.',
    sendsNone: 'The contract takes nothing.',
    promises: 'What it promises',
    edit: 'Edit this call',
    form: (title: string) => `Edit the call ${title}`,
    remove: 'Remove it',
    removeTitle: (title: string) => `Remove “${title}” from this step?`,
    removeText: (needs: number) =>
      needs === 0
        ? 'Nothing else goes with it. Undo brings it back.'
        : `${counted(needs, 'need')} and what people see when it fails go with it. Undo brings it back.`,
    removeYes: 'Remove the call',
    keep: 'Keep it',
    loading: 'The contract is opened…',
  },

  budget: {
    p50: 'Half of the people (p50)',
    p75: 'Three of four (p75)',
    p95: 'Nineteen of twenty (p95)',
    size: 'Size of the answers',
    hint: 'Such as 300ms, 1.2s; a size such as 20kB.',
  },

  next: {
    legend: 'What follows',
    file: 'The next step of the journey',
    end: 'The journey ends here',
    chosen: 'These steps',
    elsewhere: 'A step of another journey',
    none: 'None',
  },

  picture: {
    section: 'Picture of the screen',
    holes: 'Missing in it',
    elsewhere: 'The picture lies on another machine:',
    elsewhereHint: 'The studio asks no other machine for anything, so it is a link here.',
    broken: (path: string) => `There is no picture at ${path} in the workspace.`,
    drop: 'Drop a picture here, or',
    choose: 'choose a file',
    limits: 'PNG, JPEG, WebP, AVIF, GIF or SVG, up to 5 MB. It is kept in the workspace.',
    known: 'Or one that is there already',
    knownNone: 'Choose',
    link: 'Or an address',
    use: 'Use it',
    linkHint:
      'https://…: only a link. The studio asks no other machine, so the sketch stays in the blueprint.',
    remove: 'Take the picture away',
    sending: 'The picture is written…',
    big: (name: string) => `${name} has more than 5 MB. Export it smaller.`,
    type: (name: string) => `${name} is no picture. Take a PNG, JPEG, WebP, AVIF, GIF or SVG file.`,
    one: 'One picture at a time.',
    change: 'Change the picture',
    changeForm: 'Another picture',
  },

  history: {
    undo: 'Undo',
    redo: 'Do again',
    undoThis: (title: string) => `Undo: ${title}`,
    redoThis: (title: string) => `Do again: ${title}`,
    nothingUndo: 'Nothing to undo',
    nothingRedo: 'Nothing to do again',
    open: 'What was edited',
    title: 'What was edited',
    lead: 'Since the server started, newest first. Every file comes back exactly as it was.',
    none: 'Nothing has been edited since the server started.',
    undone: 'Undone: can be done again',
    close: 'Close',
    backTo: (title: string) => `Undo back to before: ${title}`,
    back: 'Undo to here',
    onlyShown: 'Only shown',
    onlyShownHint:
      'The server was started with --read-only: nothing can be edited here. Files are changed in an editor.',
  },

  field: {
    add: 'A screen needs this',
    addTo: (step: string) => `Add to ${step}`,
    form: (path: string) => `Who needs ${path}`,
    step: 'Step',
    choose: 'Choose a step',
    needs: 'needs it already',
    submit: 'Add the need',
    calls: (operation: string) => `The step will call ${operation}.`,
  },

  step: {
    edit: 'Edit the step',
    form: (title: string) => `Edit ${title}`,
    title: 'Title',
    screen: 'Screen',
    screenHint: 'The route of the page, such as /orders/:id.',
    budget: 'How long people wait at most',
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
    callAdded: 'the call is added',
    choose: 'Choose an operation',
    noCall: 'This step calls nothing yet: choose the operation that answers.',
    find: 'Field',
    findHint: 'Search the fields of the contract, or type the one you wish for.',
    pathHint: 'Where it stands in the answer: items[].price.amount.',
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
    owner: 'Who owns it',
    noOwner: 'Nobody yet',
    ownerTyped: 'Another team…',
    ownerName: 'The team’s name',
    remove: 'Delete',
    removeTitle: (title: string) => `Delete the journey “${title}”?`,
    removeText: (steps: number) =>
      `Its file goes, with ${counted(steps, 'step')}. Steps of other journeys that lead here end instead. Undo brings it back.`,
    removeYes: 'Delete the journey',
    removeNo: 'Keep it',
  },
} as const

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

function listed(files: readonly string[]): string {
  return files.length < 2 ? files.join('') : `${files.slice(0, -1).join(', ')} and ${files.at(-1)}`
}

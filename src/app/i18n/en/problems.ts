/** English messages of problems: what happened, and what to do next. */
export const problems = {
  problems: {
    dismiss: 'Dismiss',
    reload: 'Reload the page',
    unknown: 'Something went wrong ({{code}}). What it learned so far is kept where it could be.',
    'corpus-empty': 'The text is empty. Paste at least a few pages, or choose a corpus.',
    'corpus-single-token':
      'The text is one {{token}} over and over, so there is nothing to predict. Give it a text with some variety.',
    'corpus-too-short':
      'The text has {{tokens}} tokens, and this model needs at least {{needed}}. Give it more text, or make the context shorter.',
    'corpus-unavailable':
      'This corpus is not on this machine: it is fetched when the page is built, with a connection. Choose another one.',
    'corpus-binary':
      'This file is not text: its content is a picture, a document with layout, or another binary format. Nothing was changed. Save it as plain text first, or choose another file.',
    'corpus-too-large':
      'This file has {{bytes}}, and the page reads up to {{limit}}. Nothing was changed. Choose a part of it: the beginning alone is plenty for a model of this size.',
    'corpus-undecodable':
      'This file is not all {{encoding}}: the first bytes that fit no character are in line {{line}}. Read it with � in their place, or leave it.',
    'corpus-malformed':
      'This is no valid {{format}}: line {{line}} breaks its rules. Mend the file, or take it as plain text.',
    'corpus-record-too-long':
      'A record of this file is longer than {{limit}} characters, or its end is missing. Mend the file, or take it as plain text.',
    'corpus-no-field':
      'The records of this file hold no text, only numbers or nothing. Choose another file, or take it as plain text.',
    'vocabulary-too-large':
      'This text has only enough that repeats for {{possible}} pieces, not {{vocabulary}}. Ask for {{possible}} or fewer, or give it more text.',
    'vocabulary-text-too-short':
      'This text has only enough that repeats for {{possible}} pieces, and it takes at least {{least}} to learn. Give it more text, or choose characters or bytes.',
    'tokenizer-corrupt':
      'This is no tokenizer.json that can be read; it breaks off at “{{detail}}”. Nothing was changed. Choose the file again, or another one.',
    'tokenizer-too-large':
      'This file has {{bytes}}, and the page reads tokenizers of up to {{limit}}. Nothing was changed. Choose another one.',
    'tokenizer-unsupported':
      'This tokenizer needs “{{feature}}”, which the page can’t do. Nothing was changed. It reads byte-level BPE, as GPT-2’s, and WordPiece, as BERT’s.',
    'tokenizer-unreadable': 'The file could not be read ({{detail}}). Nothing was changed. Choose it again.',
    'tokenizer-lacks-characters':
      'This tokenizer has no token for {{characters}}, which the text has. Choose another tokenizer, or another text.',
    replaceInvalid: 'Read it with �',
    readGb18030: 'Read it as Chinese (GB 18030)',
    takePlain: 'Take it as plain text',
    leaveFile: 'Leave it',
    learnFewer: 'Learn {{amount}} pieces',
    otherFile: 'Choose another file',
    'corpus-unreadable': 'The file could not be read ({{detail}}). Choose it again, or paste its text.',
    'unknown-characters':
      'This text never contains {{characters}}, so the model has no token for it. Write the prompt without it, or use bytes as tokens.',
    'prompt-empty': 'The prompt is empty. Type a few words for it to continue.',
    'prompt-no-blank': 'The prompt has no blank to fill. Click a token, or write [MASK] where the model should guess.',
    'prompt-only-blanks': 'The whole prompt is blank, so there is nothing to guess from. Leave some of its text.',
    'prompt-mask-compared':
      'The next-token model cannot read [MASK]. Write the whole sentence, then click the tokens that should be blank.',
    'objective-fills-blanks':
      'A model that fills blanks cannot write on. Choose the next-token objective for that, or blank a token here.',
    'mask-rate-none': 'A mask rate of 0 leaves nothing to guess, so nothing to learn. BERT takes 0.15.',
    'mask-rate-all': 'A mask rate of 1 hides the whole text, so there is nothing to guess from. BERT takes 0.15.',
    'mask-shares': 'The shares shown as [MASK] and as a random token sum to more than 1. Lower one of them.',
    'nothing-to-mask': 'The text has no token that can be hidden. Choose another text or another tokenizer.',
    'labels-too-short': 'This is too short to have a label. Write at least {{needed}} characters.',
    'model-heads-width':
      '{{heads}} heads do not divide a width of {{width}}. Choose a width that is a multiple of {{heads}}.',
    'model-too-large':
      'This model needs {{bytes}}, and this device can hold {{limit}}. Make it smaller: width, context and batch count most.',
    'comparison-too-large':
      'These models together need {{bytes}}, and this device can hold {{limit}}. Compare fewer or smaller ones. Your run is as it was.',
    'setting-out-of-range': '{{setting}} must lie between {{minimum}} and {{maximum}}.',
    'not-finite':
      'The loss was no longer a number at step {{step}}, so training stopped. The weights of step {{kept}} are kept. Lower the learning rate, then press Train.',
    'weights-corrupt':
      'This is not a complete safetensors file ({{detail}}). Nothing was changed. Choose another file.',
    'weights-mismatch':
      'These weights are for another model: {{name}} is {{found}}, and here it is {{expected}}. Nothing was changed. Set the model to the same sizes first.',
    'device-lost':
      'The graphics device was lost, so training stopped. Reload the page to start again; save weights more often on this device.',
    'thread-lost':
      'One of the threads that compute stopped unexpectedly, so training stopped. The weights are kept: save them, then reload the page to start again.',
    'out-of-memory':
      'The device ran out of memory. The run before is kept where it could be. Choose a smaller model, context or batch.',
    'link-values':
      'The link has settings that this page cannot use: {{settings}}. The usual ones stand in for them; the rest is as in the link.',
    'link-custom':
      'This link is for {{missing}} of its owner’s own, and a link never carries that. Bring the same here to repeat the run; until then it makes do with what is built in.',
    'link-custom-values':
      'This link is for {{missing}} of its owner’s own, and a link never carries that: bring the same here to repeat the run. It also has settings that this page cannot use: {{settings}}. The usual ones stand in for them.',
    'worker-crashed': 'The page had an unexpected fault ({{detail}}). Reload it to start again.',
    'compile-failed':
      'A kernel did not compile on this device ({{detail}}). Update the browser or the graphics driver, or open the page with ?backend=cpu.',
  },
  missing: { text: 'a text', tokenizer: 'a tokenizer file', both: 'a text and a tokenizer file' },
};

/** Text of the user's own: pasted, or a file that the worker looks at before anything is given up for it. */
import type { Event, Problem, SourceReport, TextSource } from '../../contract/messages.ts';

/** Text the user gave, with the fields that the worker found in its records. */
export interface OwnText extends TextSource {
  readonly fields: readonly string[];
}

/** How a file is read. */
export type Reading = Partial<Pick<TextSource, 'decoding' | 'isPlain' | 'field'>>;

export interface OwnTextActions {
  giveText(text: string): void;
  giveFile(file: File): void;
  /** Reads the file that was refused, or the present one, in another way. */
  readAgain(how: Reading): void;
  /** Learns from another field of the present text, or from all of it. */
  chooseField(how: Pick<Reading, 'isPlain' | 'field'>): void;
}

/** What these actions need of the store. */
interface OwnTextPlace {
  readonly ownText: OwnText | undefined;
  /** A file that the worker looks at. */
  readonly offered: OwnText | undefined;
  /** The file that the worker refused last. */
  readonly refused: OwnText | undefined;
  offer(text: OwnText | undefined): void;
  use(text: OwnText): void;
  refuse(problem: Problem, text?: OwnText): void;
  inspect(source: TextSource): void;
}

/** What the worker is to read. */
export function sourceOf({ fields: _, ...source }: OwnText): TextSource {
  return source;
}

/** @param place is read anew at each call */
export function createOwnText(place: () => OwnTextPlace) {
  let lastId = 0;
  const newText = (content: Blob | string, name: string): OwnText => {
    lastId += 1;
    return { id: lastId, content, name, decoding: 'strict', isPlain: false, fields: [] };
  };
  const pasted = (text: string) => newText(text, '');
  const offer = (text: OwnText) => {
    place().offer(text);
    place().inspect(sourceOf(text));
  };
  const offerAgain = (text: OwnText | undefined, how: Reading) => {
    if (text) offer({ ...text, ...how, id: ++lastId });
  };
  const inspected = ({ fields, field }: SourceReport, offered: OwnText) =>
    // A file taken as it stands keeps the fields it could be taken by.
    place().use(offered.isPlain ? offered : { ...offered, fields, field });
  const actions: OwnTextActions = {
    giveText: (text) => {
      if (text.trim() === '') place().refuse({ where: 'corpus', code: 'corpus-empty', values: {} });
      else place().use(pasted(text));
    },
    giveFile: (file) => offer(newText(file, file.name)),
    readAgain: (how) => offerAgain(place().refused ?? place().ownText, how),
    chooseField: (how) => offerAgain(place().ownText, how),
  };
  return {
    actions,
    pasted,
    receive(event: Event): void {
      const { offered } = place();
      if (event.type === 'inspected' && event.id === offered?.id) inspected(event.report, offered);
      if (event.type === 'refused' && event.id === offered?.id) place().refuse(event.problem, offered);
    },
  };
}

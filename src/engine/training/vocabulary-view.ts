/** What the page sees of a run's tokenizer: texts cut into tokens, the cost of scripts, merges in order, and its file. */
import type { Command, Event } from '../../contract/messages.ts';
import type { TokenView } from '../../contract/results.ts';
import type { LearntPiece, PiecePage, TokenizedText } from '../../contract/vocabulary.ts';
import type { EncodedText } from '../data/encode-text.ts';
import { countScripts } from '../data/scripts.ts';
import { BytePairTokenizer } from '../data/tokenizers/byte-pair.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import { writeTokenizerFile } from '../data/tokenizers/tokenizer-file.ts';
import { encodeUtf8 } from '../data/tokenizers/utf8.ts';
import { WordPieceTokenizer } from '../data/tokenizers/word-piece.ts';
import { saidAt } from '../problem.ts';

type ViewCommand = Extract<Command, { type: 'tokenize' | 'pieces' | 'saveTokenizer' }>;

/** Tokens that are listed of a text. */
const listedTokens = 320;
const rowsPerPage = 50;

export class VocabularyView {
  private readonly tokenizer: Tokenizer;
  private readonly opening: string;
  private learntPieces: readonly LearntPiece[] | undefined;

  constructor({ tokenizer, opening }: Pick<EncodedText, 'tokenizer' | 'opening'>) {
    this.tokenizer = tokenizer;
    this.opening = opening;
  }

  /** @throws ProblemError at 'tokens' for text that the vocabulary can't express */
  answer(command: ViewCommand): Event | undefined {
    switch (command.type) {
      case 'tokenize':
        return { type: 'tokenized', tokenized: this.tokenize(command.text) };
      case 'pieces':
        return this.kind && { type: 'pieces', pieces: this.page(this.kind, command) };
      case 'saveTokenizer':
        return isInFiles(this.tokenizer)
          ? { type: 'tokenizerFile', file: writeTokenizerFile(this.tokenizer) }
          : undefined;
    }
  }

  private tokenize(text: string | undefined): TokenizedText {
    const whole = text ?? this.opening;
    const ids = Array.from(saidAt('tokens', () => this.tokenizer.encode(whole, 'prompt')));
    const special = new Set(this.tokenizer.specialIds?.values());
    const spelled = ids.filter((id) => !special.has(id));
    return {
      text,
      tokens: ids.slice(0, listedTokens).map((id) => {
        return { ...this.tokenizer.view(id), bytes: special.has(id) ? [] : Array.from(this.bytesOf(id)) };
      }),
      tokenCount: ids.length,
      characters: [...whole].length,
      scripts: countScripts(
        whole,
        spelled.map((id) => this.bytesOf(id)),
      ),
      unknown: ids.length - spelled.length,
    };
  }

  private bytesOf(id: number): ArrayLike<number> {
    return this.tokenizer.bytes?.(id) ?? encodeUtf8(this.tokenizer.view(id).text);
  }

  private get kind(): PiecePage['kind'] | undefined {
    if (this.tokenizer instanceof BytePairTokenizer) return 'merges';
    return this.tokenizer instanceof WordPieceTokenizer ? 'pieces' : undefined;
  }

  private page(kind: PiecePage['kind'], { query, page }: Extract<ViewCommand, { type: 'pieces' }>): PiecePage {
    this.learntPieces ??= learntPieces(this.tokenizer);
    const found = this.learntPieces.filter(({ piece }) => piece.text.includes(query));
    const pages = Math.max(1, Math.ceil(found.length / rowsPerPage));
    const shown = Math.min(Math.max(0, page), pages - 1);
    const rows = found.slice(shown * rowsPerPage, (shown + 1) * rowsPerPage);
    return { kind, query, page: shown, pages, found: found.length, total: this.learntPieces.length, rows };
  }
}

function isInFiles(tokenizer: Tokenizer): tokenizer is BytePairTokenizer | WordPieceTokenizer {
  return tokenizer instanceof BytePairTokenizer || tokenizer instanceof WordPieceTokenizer;
}

/** Merges in their order; of WordPiece, which keeps none, the pieces in that of their ids. */
function learntPieces(tokenizer: Tokenizer): LearntPiece[] {
  const view = (id: number): TokenView => tokenizer.view(id);
  if (tokenizer instanceof BytePairTokenizer) {
    return tokenizer.parts.merges.map(({ left, right, merged }, index) => {
      return { rank: index + 1, parts: [view(left), view(right)], piece: view(merged) };
    });
  }
  const pieces = Array.from({ length: tokenizer.vocabulary }, (_, id) => view(id));
  return pieces.filter(({ kind }) => kind === 'text').map((piece, index) => ({ rank: index + 1, piece }));
}

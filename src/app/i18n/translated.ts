/** What a translation must have, by the English messages. */

/** The same keys with any text. Chinese has one plural form, so keys for a single thing are left out. */
export type Translated<Messages> = {
  readonly [Key in keyof Messages as Key extends `${string}_one` ? never : Key]: Messages[Key] extends string
    ? string
    : Translated<Messages[Key]>;
};

/** What is typed is text; the API has null where nothing is registered. */
export const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

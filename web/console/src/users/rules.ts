/** The rules of the wire for identifiers; the server checks again. */
export const isEmail = (text: string) => /^\S+@\S+\.\S+$/.test(text);
export const isPhone = (text: string) => /^\d+$/.test(text);
export const isUsername = (text: string) => /^[A-Z_a-z]\w*$/.test(text);

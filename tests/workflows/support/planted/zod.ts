import { Text } from '../../../../schemas/text.ts';

/** A value import that brings zod into the sandbox. */
export async function studentPathway(): Promise<void> {
  await Promise.resolve(Text.safeParse('zod'));
}

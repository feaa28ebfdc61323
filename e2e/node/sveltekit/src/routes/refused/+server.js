import { json } from '@sveltejs/kit';

export async function GET({ locals }) {
  const { name, code, message } = await locals.logtoClient.getOrganizationToken('nobodys').catch((refusal) => refusal);
  return json({ name, code, message });
}

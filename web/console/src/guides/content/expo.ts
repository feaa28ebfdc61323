import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'com.example.bookstore://callback',
  steps: [
    install(`
npx create-expo-app@latest bookstore --template blank-typescript && cd bookstore
npx expo install @logto/rn expo-crypto expo-secure-store expo-web-browser @react-native-async-storage/async-storage`),
    uris,
    code('scheme', 'expoScheme', file('app.json', 'json', `
{
  "expo": {
    "name": "bookstore",
    "slug": "bookstore",
    "scheme": "@@scheme@@"
  }
}
`)),
    code('program', undefined, file('App.tsx', 'tsx', `
import { LogtoProvider, useLogto } from '@logto/rn';
import { useEffect, useState } from 'react';
import { Button, Text, View } from 'react-native';

export default function App() {
  return (
    <LogtoProvider config={{ endpoint: '@@endpoint@@', appId: '@@appId@@' }}>
      <Home />
    </LogtoProvider>
  );
}

function Home() {
  const { isAuthenticated, getIdTokenClaims, signIn, signOut } = useLogto();
  const [name, setName] = useState<string>();
  useEffect(() => {
    if (!isAuthenticated) setName(undefined);
    else void getIdTokenClaims().then((claims) => setName(claims.username ?? claims.sub));
  }, [isAuthenticated, getIdTokenClaims]);
  return (
    <View style={{ flex: 1, justifyContent: 'center', padding: 24, gap: 16 }}>
      <Text>{name ? \`Signed in as \${name}\` : 'Not signed in'}</Text>
      {name ? (
        <Button title="Sign out" onPress={() => void signOut()} />
      ) : (
        <Button title="Sign in" onPress={() => void signIn('@@redirectUri@@')} />
      )}
    </View>
  );
}
`)),
    run('npx expo run:ios   # or run:android', 'runDevice'),
  ],
};

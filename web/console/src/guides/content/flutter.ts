import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'com.example.bookstore://callback',
  postSignOutUri: 'com.example.bookstore://callback',
  steps: [
    install('flutter create bookstore && cd bookstore\nflutter pub add logto_dart_sdk'),
    uris,
    code('scheme', 'flutterScheme', file('android/app/src/main/AndroidManifest.xml', 'xml', `
<!-- inside <application> -->
<activity
    android:name="com.linusu.flutter_web_auth_2.CallbackActivity"
    android:exported="true"
    android:taskAffinity="">
    <intent-filter>
        <action android:name="android.intent.action.VIEW" />
        <category android:name="android.intent.category.DEFAULT" />
        <category android:name="android.intent.category.BROWSABLE" />
        <data android:scheme="@@scheme@@" />
    </intent-filter>
</activity>
`)),
    code('program', undefined, file('lib/main.dart', 'dart', `
import 'package:flutter/material.dart';
import 'package:logto_dart_sdk/logto_dart_sdk.dart';

void main() => runApp(const MaterialApp(home: Home()));

class Home extends StatefulWidget {
  const Home({super.key});

  @override
  State<Home> createState() => _HomeState();
}

class _HomeState extends State<Home> {
  final client = LogtoClient(
    config: const LogtoConfig(endpoint: '@@endpoint@@', appId: '@@appId@@'),
  );
  String? name;

  @override
  void initState() {
    super.initState();
    read();
  }

  Future<void> read() async {
    final claims = await client.isAuthenticated ? await client.idTokenClaims : null;
    setState(() => name = claims?.username ?? claims?.subject);
  }

  Future<void> signIn() async {
    await client.signIn('@@redirectUri@@');
    await read();
  }

  Future<void> signOut() async {
    await client.signOut('@@postSignOutUri@@');
    await read();
  }

  @override
  Widget build(BuildContext context) => Scaffold(
        body: Center(
          child: Column(
            mainAxisSize: MainAxisSize.min,
            children: [
              Text(name == null ? 'Not signed in' : 'Signed in as $name'),
              name == null
                  ? FilledButton(onPressed: signIn, child: const Text('Sign in'))
                  : OutlinedButton(onPressed: signOut, child: const Text('Sign out')),
            ],
          ),
        ),
      );
}
`)),
    run('flutter run', 'runDevice'),
  ],
};

import type { Guide } from '../guide';
import { code, file, install, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:4200/',
  postSignOutUri: 'http://localhost:4200/',
  steps: [
    code('project', 'ownProject', shell('npx @angular/cli@latest new bookstore --defaults\ncd bookstore')),
    install('npm install angular-auth-oidc-client'),
    uris,
    code('provider', 'spaProvider', file('src/app/app.config.ts', 'typescript', `
import { provideHttpClient } from '@angular/common/http';
import type { ApplicationConfig } from '@angular/core';
import { provideAuth } from 'angular-auth-oidc-client';

export const appConfig: ApplicationConfig = {
  providers: [
    provideHttpClient(),
    provideAuth({
      config: {
        authority: '@@endpoint@@/oidc',
        clientId: '@@appId@@',
        redirectUrl: '@@redirectUri@@',
        postLogoutRedirectUri: '@@postSignOutUri@@',
        responseType: 'code',
        scope: 'openid profile offline_access',
        customParamsAuthRequest: { prompt: 'consent' },
        useRefreshToken: true,
        silentRenew: true,
        ignoreNonceAfterRefresh: true,
        autoUserInfo: false,
        renewUserInfoAfterTokenRenew: false,
      },
    }),
  ],
};
`)),
    code('page', 'angular', file('src/app/app.ts', 'typescript', `
import { Component, inject, type OnInit, signal } from '@angular/core';
import { OidcSecurityService } from 'angular-auth-oidc-client';

@Component({
  selector: 'app-root',
  template: \`
    @if (user(); as name) {
      <p>Signed in as {{ name }} <button (click)="signOut()">Sign out</button></p>
    } @else {
      <p>Not signed in <button (click)="signIn()">Sign in</button></p>
    }
  \`,
})
export class App implements OnInit {
  private readonly oidc = inject(OidcSecurityService);
  protected readonly user = signal<string | undefined>(undefined);

  ngOnInit() {
    this.oidc.checkAuth().subscribe(({ isAuthenticated }) => {
      if (!isAuthenticated) return;
      this.oidc.getPayloadFromIdToken().subscribe((claims) => this.user.set(claims.username ?? claims.sub));
    });
  }

  signIn() {
    this.oidc.authorize();
  }

  signOut() {
    this.oidc.logoff().subscribe();
  }
}
`)),
    run('npx ng serve --port @@port@@'),
  ],
};

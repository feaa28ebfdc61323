// A program in the browser with the unmodified `angular-auth-oidc-client` from npm, its settings made by `@logto/js` as
// Logto's guide for Angular shows. Compiled in the browser, which spares the build.
import '@angular/compiler';
import { provideHttpClient, withFetch } from '@angular/common/http';
import { Component, inject, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { buildAngularAuthConfig } from '@logto/js5';
import { OidcSecurityService, provideAuth } from 'angular-auth-oidc-client';
import { concatMap, firstValueFrom } from 'rxjs';

const { config, home, organization, resource } = await (await fetch('/settings.json')).json();

@Component({
  selector: 'app-root',
  template: `
    @if (signedIn()) {
      @for (line of told(); track line[0]) {
        <p [id]="line[0]">{{ line[1] }}</p>
      }
      <button (click)="ask()">Ask for nobody's</button>
      <button (click)="signOut()">Sign out</button>
    } @else {
      <p id="who">{{ checked() ? 'Not authenticated' : 'Loading' }}</p>
      <button (click)="signIn()">Sign in</button>
      <button (click)="register()">Register</button>
    }
  `,
})
class App {
  private readonly oidc = inject(OidcSecurityService);
  protected readonly checked = signal(false);
  protected readonly signedIn = signal(false);
  protected readonly told = signal<[string, string][]>([]);

  async ngOnInit() {
    const { isAuthenticated, userData } = await firstValueFrom(this.oidc.checkAuth());
    this.checked.set(true);
    this.signedIn.set(isAuthenticated);
    if (isAuthenticated) {
      await this.tell(userData);
    }
  }

  private async tell({ email }: { email: string }) {
    const { sub } = await firstValueFrom(this.oidc.getPayloadFromIdToken());
    const lines = {
      sub,
      email,
      resource: await this.token({ resource }),
      organization: await this.token({ organization_id: organization }),
      refreshed: await this.token({ resource }),
    };
    this.told.set(Object.entries(lines));
  }

  private async token(parameters: Record<string, string>) {
    return (await firstValueFrom(this.oidc.forceRefreshSession(parameters))).accessToken;
  }

  async ask() {
    const message = await this.token({ organization_id: 'nobodys' }).catch((refusal) => refusal.message);
    this.told.update((lines) => [...lines, ['refused', message]]);
  }

  signIn() {
    this.oidc.authorize();
  }

  register() {
    this.oidc.authorize(undefined, { customParams: { first_screen: 'register' } });
  }

  signOut() {
    // not logoffAndRevokeTokens: what was refreshed last is a JWT, and those cannot be revoked
    this.oidc.revokeRefreshToken().pipe(concatMap(() => this.oidc.logoff())).subscribe();
  }
}

const { customParamsAuthRequest, ...settings } = buildAngularAuthConfig({
  endpoint: config.endpoint,
  appId: config.appId,
  scopes: config.scopes,
  redirectUri: home + 'callback',
  postLogoutRedirectUri: home,
});
document.body.append(document.createElement('app-root'));
await bootstrapApplication(App, {
  providers: [
    provideHttpClient(withFetch()),
    provideAuth({
      config: {
        ...settings,
        // with `resource` the helper asks for it in each request, so that no token is left for the user info
        customParamsAuthRequest: { ...customParamsAuthRequest, resource },
        renewUserInfoAfterTokenRenew: false,
        // or it refuses a refreshed ID token that still has the nonce, and forgets the person
        ignoreNonceAfterRefresh: true,
      },
    }),
  ],
});

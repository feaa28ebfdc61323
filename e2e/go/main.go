// A web program with golang.org/x/oauth2 and github.com/coreos/go-oidc: what most Go programs sign in with.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

var (
	endpoint = os.Getenv("ENDPOINT")
	home     = os.Getenv("HOME_URL")
	resource = os.Getenv("RESOURCE")
	cookie   = "session-" + os.Getenv("PORT")
)

// What the program keeps of a visitor.
type visit struct {
	state, nonce, verifier string
	sub, idToken           string
	token                  *oauth2.Token
}

type program struct {
	provider *oidc.Provider
	verifier *oidc.IDTokenVerifier
	config   oauth2.Config
	lock     sync.Mutex
	visits   map[string]*visit
}

func main() {
	provider, err := oidc.NewProvider(context.Background(), endpoint+"/oidc")
	if err != nil {
		log.Fatal(err)
	}
	client := os.Getenv("CLIENT_ID")
	scopes := []string{oidc.ScopeOpenID, oidc.ScopeOfflineAccess, "profile", "email", "urn:logto:scope:organizations"}
	p := &program{
		provider: provider,
		verifier: provider.Verifier(&oidc.Config{ClientID: client}),
		config: oauth2.Config{
			ClientID:     client,
			ClientSecret: os.Getenv("CLIENT_SECRET"),
			Endpoint:     provider.Endpoint(),
			RedirectURL:  home + "callback",
			Scopes:       append(scopes, strings.Fields(os.Getenv("SCOPES"))...),
		},
		visits: map[string]*visit{},
	}
	http.HandleFunc("/", p.index)
	http.HandleFunc("/sign-in", p.signIn)
	http.HandleFunc("/callback", p.callback)
	http.HandleFunc("/userinfo", p.userinfo)
	http.HandleFunc("/tokens", p.tokens)
	http.HandleFunc("/refresh", p.refresh)
	http.HandleFunc("/refused", p.refused)
	http.HandleFunc("/sign-out", p.signOut)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func (p *program) visit(r *http.Request) *visit {
	p.lock.Lock()
	defer p.lock.Unlock()
	if c, err := r.Cookie(cookie); err == nil && p.visits[c.Value] != nil {
		return p.visits[c.Value]
	}
	return &visit{}
}

func (p *program) index(w http.ResponseWriter, r *http.Request) {
	if sub := p.visit(r).sub; sub != "" {
		fmt.Fprintf(w, `<p id="sub">%s</p>`, html.EscapeString(sub))
		return
	}
	fmt.Fprint(w, "Not authenticated")
}

func (p *program) signIn(w http.ResponseWriter, r *http.Request) {
	key := random()
	v := &visit{state: random(), nonce: random(), verifier: oauth2.GenerateVerifier()}
	p.lock.Lock()
	p.visits[key] = v
	p.lock.Unlock()
	http.SetCookie(w, &http.Cookie{Name: cookie, Value: key, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, p.config.AuthCodeURL(v.state, oidc.Nonce(v.nonce), oauth2.S256ChallengeOption(v.verifier),
		oauth2.SetAuthURLParam("prompt", "consent"), oauth2.SetAuthURLParam("resource", resource)), http.StatusFound)
}

func (p *program) callback(w http.ResponseWriter, r *http.Request) {
	v := p.visit(r)
	if v.state == "" || r.FormValue("state") != v.state {
		fail(w, errors.New("not asked for"))
		return
	}
	token, err := p.config.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(v.verifier))
	if err != nil {
		fail(w, err)
		return
	}
	raw, _ := token.Extra("id_token").(string)
	verified, err := p.verifier.Verify(r.Context(), raw)
	if err == nil && verified.Nonce != v.nonce {
		err = errors.New("nonce")
	}
	if err == nil && verified.AccessTokenHash != "" {
		err = verified.VerifyAccessToken(token.AccessToken)
	}
	if err != nil {
		fail(w, err)
		return
	}
	v.sub, v.idToken, v.token = verified.Subject, raw, token
	http.Redirect(w, r, "/", http.StatusFound)
}

// A token of the refresh token. The library has no way to name a resource there; RFC 8707 has.
func (p *program) refreshed(r *http.Request, name, value string) (*oauth2.Token, error) {
	v := p.visit(r)
	config := p.config
	if name != "" {
		// its requests go to the address as it is, query included
		config.Endpoint.TokenURL += "?" + url.Values{name: {value}}.Encode()
	}
	ctx := context.WithValue(r.Context(), oauth2.HTTPClient, &http.Client{Transport: form{}})
	expired := &oauth2.Token{RefreshToken: v.token.RefreshToken, Expiry: time.Now().Add(-time.Hour)}
	token, err := config.TokenSource(ctx, expired).Token()
	if err == nil {
		v.token = token
	}
	return token, err
}

func (p *program) userinfo(w http.ResponseWriter, r *http.Request) {
	token, err := p.refreshed(r, "", "")
	if err != nil {
		fail(w, err)
		return
	}
	info, err := p.provider.UserInfo(r.Context(), oauth2.StaticTokenSource(token))
	if err != nil {
		fail(w, err)
		return
	}
	var claims map[string]any
	if err := info.Claims(&claims); err != nil {
		fail(w, err)
		return
	}
	tell(w, claims)
}

func (p *program) tokens(w http.ResponseWriter, r *http.Request) {
	own, err := p.refreshed(r, "resource", resource)
	if err != nil {
		fail(w, err)
		return
	}
	inside, err := p.refreshed(r, "organization_id", os.Getenv("ORGANIZATION"))
	if err != nil {
		fail(w, err)
		return
	}
	tell(w, map[string]any{"resource": own.AccessToken, "organization": inside.AccessToken})
}

func (p *program) refresh(w http.ResponseWriter, r *http.Request) {
	token, err := p.refreshed(r, "resource", resource)
	if err != nil {
		fail(w, err)
		return
	}
	tell(w, map[string]any{"refreshed": token.AccessToken, "scope": token.Extra("scope"), "after": token.RefreshToken})
}

func (p *program) refused(w http.ResponseWriter, r *http.Request) {
	_, err := p.refreshed(r, "organization_id", "nobodys")
	var refusal *oauth2.RetrieveError
	if !errors.As(err, &refusal) {
		fail(w, fmt.Errorf("not refused: %v", err))
		return
	}
	tell(w, map[string]any{"name": "RetrieveError", "code": refusal.ErrorCode, "message": refusal.ErrorDescription})
}

func (p *program) signOut(w http.ResponseWriter, r *http.Request) {
	var metadata struct {
		End string `json:"end_session_endpoint"`
	}
	if err := p.provider.Claims(&metadata); err != nil {
		fail(w, err)
		return
	}
	v := p.visit(r)
	query := url.Values{"id_token_hint": {v.idToken}, "post_logout_redirect_uri": {home}}
	*v = visit{}
	http.Redirect(w, r, metadata.End+"?"+query.Encode(), http.StatusFound)
}

func random() string { return oauth2.GenerateVerifier() }

func tell(w http.ResponseWriter, what any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(what)
}

func fail(w http.ResponseWriter, err error) { http.Error(w, err.Error(), http.StatusBadGateway) }

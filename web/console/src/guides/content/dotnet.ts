import type { Guide } from '../guide';
import { code, file, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:5000/Callback',
  postSignOutUri: 'http://localhost:5000/SignedOutCallback',
  steps: [
    code('project', undefined, shell('dotnet new web --output bookstore\ncd bookstore\ndotnet add package Logto.AspNetCore.Authentication')),
    uris,
    code('program', 'dotnet', file('Program.cs', 'csharp', `
using System.Net;
using Logto.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddLogtoAuthentication(options =>
{
    options.Endpoint = "@@endpoint@@/";
    options.AppId = "@@appId@@";
    options.AppSecret = "@@appSecret@@";
    options.CallbackPath = "@@callbackPath@@";
});

// Browsers drop SameSite=None cookies on plain http, which is what a development server speaks.
builder.Services.Configure<CookiePolicyOptions>(options =>
{
    options.MinimumSameSitePolicy = SameSiteMode.Unspecified;
    options.OnAppendCookie = context => Relax(context.CookieOptions);
    options.OnDeleteCookie = context => Relax(context.CookieOptions);
});

var app = builder.Build();
app.UseCookiePolicy();
app.UseAuthentication();

app.MapGet("/", (HttpContext context) => Results.Content(
    context.User.Identity?.IsAuthenticated == true
        ? $"Signed in as {WebUtility.HtmlEncode(context.User.FindFirst("username")?.Value ?? context.User.FindFirst("sub")?.Value)}. <a href='/sign-out'>Sign out</a>"
        : "Not signed in. <a href='/sign-in'>Sign in</a>",
    "text/html"));

app.MapGet("/sign-in", (HttpContext context) =>
    context.ChallengeAsync(new AuthenticationProperties { RedirectUri = "/" }));

app.MapGet("/sign-out", async (HttpContext context) =>
{
    var back = new AuthenticationProperties { RedirectUri = "/" };
    await context.SignOutAsync(LogtoDefaults.CookieScheme, back);
    await context.SignOutAsync(LogtoDefaults.AuthenticationScheme, back);
});

app.Run("@@origin@@");

static void Relax(CookieOptions options)
{
    if (options.SameSite == SameSiteMode.None && !options.Secure) options.SameSite = SameSiteMode.Unspecified;
}
`)),
    run('dotnet run'),
  ],
};

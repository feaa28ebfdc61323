/**
 * Second floor: sign-in and registration as one state machine, and its settings. {@link dev.ostiary.experience.Experience}
 * decides what a visitor may do and what is still missing; the Experience API and {@code pages} are its two doors, and no
 * rule of sign-in lives in a door.
 *
 * <p>Tables: {@code sign_in_experiences}, {@code custom_ui_assets}, {@code custom_ui_files}. URLs: {@code /api/experience/*}, {@code /api/sign-in-exp*},
 * {@code /api/.well-known/sign-in-exp}, {@code …/experience}, {@code …/phrases}. Events: {@code Interaction.*}, {@code SignInExperience.CustomUi.Uploaded}. It does not
 * issue sessions or tokens: it answers the interaction, and {@code oidc} carries on.
 */
@NullMarked
package dev.ostiary.experience;

import org.jspecify.annotations.NullMarked;

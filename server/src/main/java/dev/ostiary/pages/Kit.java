package dev.ostiary.pages;

import dev.ostiary.experience.Experience;

/** What every page of a visit is made with. */
record Kit(Experience experience, Stages stages, Steps steps, Guard guard, Frames frames, Output output) {}

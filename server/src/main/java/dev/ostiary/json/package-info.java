/**
 * Ground floor: the one JSON mapper, {@link dev.ostiary.json.Field} for PATCH bodies, and
 * {@link dev.ostiary.json.Shape}: a record class read as the shape of a JSON document, used alike for reading requests,
 * for telling what is wrong with them, and for the OpenAPI documents.
 */
@NullMarked
package dev.ostiary.json;

import org.jspecify.annotations.NullMarked;

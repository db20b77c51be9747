/**
 * The one configuration schema: what a file may say, its defaults, and what must not be printed.
 */
package dev.changelake.config;

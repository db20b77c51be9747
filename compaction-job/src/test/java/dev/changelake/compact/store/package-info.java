/** The store's promises, tried on a real S3 server whose answers get lost. */
package dev.changelake.compact.store;

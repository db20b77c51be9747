/** Where can a batch end so that every transaction of the source is wholly in it or wholly out? */
package dev.changelake.compact.align;

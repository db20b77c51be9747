/** Tells the story of a run on one page: plan, land, fold, merge, manifest. */
package dev.changelake.compact.run;

/** Lays a feed's rows out as the files that the platform's users would deliver. */
package dev.changelake.produce.rawfile;

/** Says, independently of the job, which rows every table must hold after a batch. */
package dev.changelake.oracle;

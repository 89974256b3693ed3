#!/bin/bash
# The job that slurm.sh submits behind its array: writes the outputs. Begun again after a node's death, it goes on where it was.
exec firstframe batch merge "$1" --progress json

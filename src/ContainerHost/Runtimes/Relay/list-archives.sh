#!/bin/sh
# Prints the addresses of the archives that apt is told of, a line each. Debian's cloud images name a file with a list of mirrors instead, others
# the server that has such a list (apt-transport-mirror(1)).
set -eu
# Without that option an archive whose lists were never fetched is left out.
# shellcheck disable=SC2016 # It is apt that replaces it.
apt-get indextargets --no-release-info --format '$(REPO_URI)' | sort -u | while read -r archive; do
    case $archive in
        mirror+file:*)
            list=${archive#mirror+file:}
            # What follows a tab is not of the address; a list that is missing is told by apt itself.
            cut -f 1 "${list%/}" 2>/dev/null | grep -v '^#' || true
            ;;
        mirror://*) echo "http://${archive#mirror://}" ;;
        mirror+*) echo "${archive#mirror+}" ;;
        *) echo "$archive" ;;
    esac
done

#!/bin/bash
# What virt-install and vagrant-libvirt take from the same disk, kernel and answers to a guest that answers over SSH. Their daemon, network and machines are
# in namespaces that end with this script, whatever happens to it. Prints lines "NAME MILLISECONDS"; all else goes to standard error.
#
# usage: rivals.sh ROUNDS, with FOLDER (may be written to, on the disk that is measured), DISK, DISK_SIZE (bytes), KERNEL, INITRD, COMMAND_LINE, SEED, KEY, GUEST_USER, CPUS and MEMORY (MiB) in the environment
set -euo pipefail

if [ -z "${IN_NAMESPACES:-}" ]; then
    export IN_NAMESPACES=1
    exec unshare --mount --net --pid --fork --kill-child --mount-proc "$0" "$@"
fi

exec 3>&1 >&2
ip link set lo up
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib/libvirt
# What is defined here stays here.
mkdir -p /etc/libvirt/{storage,qemu}
mount -t tmpfs tmpfs /etc/libvirt/storage
mount -t tmpfs tmpfs /etc/libvirt/qemu
mkdir -p /run/libvirt /run/lock /var/lib/libvirt/{images,media,qemu,dnsmasq,boot,network}
mkdir -p "$FOLDER"/{images,media,box}
mount --bind "$FOLDER/images" /var/lib/libvirt/images
mount --bind "$FOLDER/media" /var/lib/libvirt/media
# Our files stay ours, and readable to it.
printf 'user = "root"\ngroup = "root"\ndynamic_ownership = 0\nremember_owner = 0\n' >"$FOLDER/qemu.conf"
mount --bind "$FOLDER/qemu.conf" /etc/libvirt/qemu.conf
media=/var/lib/libvirt/media
for file in DISK KERNEL INITRD SEED; do
    touch "$media/$file"
    mount --bind "${!file}" "$media/$file"
done
virtlogd -d
libvirtd -d
export LIBVIRT_DEFAULT_URI=qemu:///system VAGRANT_HOME=$FOLDER/vagrant VAGRANT_CWD=$FOLDER/box
until virsh version >/dev/null 2>&1; do sleep 0.1; done
virsh net-create <(cat <<X
<network><name>bench</name><bridge name='bench0'/><ip address='10.99.0.1' netmask='255.255.255.0'><dhcp><range start='10.99.0.10' end='10.99.0.99'/></dhcp></ip></network>
X
)

answered() {
    local address
    address=$(virsh domifaddr "$1" --source lease | sed -n 's/.* \(10\.99\.0\.[0-9]*\)\/.*/\1/p')
    [ -n "$address" ] && ssh -i "$KEY" -o BatchMode=yes -o ConnectTimeout=5 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR "$GUEST_USER@$address" true
}

now() { date +%s%3N; }

# The child that started it, if there is one, must not have failed meanwhile.
answer() {
    local deadline=$(($(now) + 600000))
    until answered "$2"; do
        [ "$(now)" -lt "$deadline" ] || { echo "$1 did not answer" >&2; exit 1; }
        [ -z "${3:-}" ] || kill -0 "$3" || { echo "$1 ended before its guest answered" >&2; exit 1; }
        sleep 0.2
    done
}

forget() {
    virsh destroy "$1" || true
    virsh undefine "$1" || true
}

virt_install() {
    rm -f "$FOLDER/images/bench.qcow2"
    qemu-img create -q -f qcow2 -F raw -b "$media/DISK" /var/lib/libvirt/images/bench.qcow2 "$DISK_SIZE"
    virt-install --name bench --osinfo detect=off,require=off --virt-type qemu --cpu mode=maximum --vcpus "$CPUS" --memory "$MEMORY" --import \
        --disk path=/var/lib/libvirt/images/bench.qcow2,bus=virtio --disk "path=$media/SEED,bus=virtio,readonly=on" --network network=bench,model=virtio \
        --boot "kernel=$media/KERNEL,initrd=$media/INITRD,kernel_args=$COMMAND_LINE console=ttyS0" --graphics none --noautoconsole
}

make_box() {
    qemu-img convert -O qcow2 "$media/DISK" "$FOLDER/box/box.img"
    qemu-img resize -q "$FOLDER/box/box.img" "$DISK_SIZE"
    echo "{\"provider\":\"libvirt\",\"format\":\"qcow2\",\"virtual_size\":$((DISK_SIZE >> 30))}" >"$FOLDER/box/metadata.json"
    tar -C "$FOLDER/box" -cf "$FOLDER/bench.box" metadata.json box.img
    rm "$FOLDER/box/box.img"
    cat >"$FOLDER/box/Vagrantfile" <<X
Vagrant.configure("2") do |config|
  config.vm.box = "bench"
  config.vm.synced_folder ".", "/vagrant", disabled: true
  config.ssh.username = "$GUEST_USER"
  config.ssh.private_key_path = "$KEY"
  config.ssh.insert_key = false
  config.vm.provider :libvirt do |v|
    v.driver = "qemu"
    v.cpu_mode = "maximum"
    v.cpus = $CPUS
    v.memory = $MEMORY
    v.kernel = "$media/KERNEL"
    v.initrd = "$media/INITRD"
    v.cmd_line = "$COMMAND_LINE console=ttyS0"
    v.storage :file, bus: "virtio", type: "raw", path: "seed", allow_existing: true
    v.management_network_name = "bench"
    v.management_network_address = "10.99.0.0/24"
    v.management_network_keep = true
  end
end
X
    vagrant box add --provider libvirt --name bench "$FOLDER/bench.box"
}

# As a disk of the pool: the guest's kernel has no driver for drives of CDs.
cp "$media/SEED" "$FOLDER/images/seed"
virsh pool-define-as default dir --target /var/lib/libvirt/images
virsh pool-start default
make_box
# The first time it copies the box into the pool.
for round in $(seq 0 "$1"); do
    if [ "$round" -gt 0 ]; then
        started=$(now)
        virt_install
        answer virt-install bench
        echo "virt-install $(($(now) - started))" >&3
        forget bench
    fi
    started=$(now)
    # It returns long after the guest has answered.
    vagrant up --provider libvirt &
    vagrant=$!
    answer vagrant box_default "$vagrant"
    if [ "$round" -gt 0 ]; then echo "vagrant $(($(now) - started))" >&3; fi
    kill "$vagrant"
    wait "$vagrant" || true
    forget box_default
    rm -rf "$FOLDER/box/.vagrant"
    # By libvirt, which would have it for there otherwise.
    virsh vol-delete --pool default box_default.img || true
done

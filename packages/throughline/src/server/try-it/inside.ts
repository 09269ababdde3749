import { BlockList, isIPv6 } from 'node:net'

/** Whether an address is of this machine or of a private network, or of no machine at all. */
export function isInside(address: string): boolean {
  return contains(local, address) || contains(nowhere, address)
}

/** Addresses that no API is served from, whatever somebody wrote: link-local (where clouds keep credentials), unspecified, multicast. */
export function isNowhere(address: string): boolean {
  return contains(nowhere, address)
}

/** A name that says itself that it is this machine. */
export function isLocalName(hostname: string): boolean {
  return /^(.+\.)?localhost$/i.test(hostname)
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

const local = new BlockList()
local.addSubnet('10.0.0.0', 8)
local.addSubnet('100.64.0.0', 10)
local.addSubnet('127.0.0.0', 8)
local.addSubnet('172.16.0.0', 12)
local.addSubnet('192.0.0.0', 24)
local.addSubnet('192.168.0.0', 16)
local.addSubnet('198.18.0.0', 15)
local.addAddress('::1', 'ipv6')
local.addSubnet('fc00::', 7, 'ipv6')
local.addSubnet('64:ff9b::', 96, 'ipv6')

const nowhere = new BlockList()
nowhere.addSubnet('0.0.0.0', 8)
nowhere.addSubnet('169.254.0.0', 16)
nowhere.addSubnet('224.0.0.0', 4)
nowhere.addSubnet('240.0.0.0', 4)
nowhere.addAddress('::', 'ipv6')
nowhere.addSubnet('fe80::', 10, 'ipv6')
nowhere.addSubnet('ff00::', 8, 'ipv6')
